"""The version of the program; equal to pyproject.toml and the newest entry of CHANGELOG.md."""

VERSION = "0.5.0"
