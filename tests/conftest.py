"""What every test stands on: no screen, UTF-8, reproducible properties, the shared material."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt
os.environ.setdefault("PYTHONUTF8", "1")
os.environ.setdefault("LANG", "C.UTF-8")

ROOT = Path(__file__).resolve().parents[1]

CALM = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
settings.register_profile(
    "test", derandomize=True, max_examples=50, deadline=None, suppress_health_check=CALM
)
settings.register_profile(
    "ci", max_examples=200, deadline=None, print_blob=True, suppress_health_check=CALM
)
settings.register_profile(
    "long", max_examples=5_000, deadline=timedelta(seconds=20), suppress_health_check=CALM
)
settings.load_profile("test")


FONTS = ROOT / "resources" / "fonts"
NEEDS = {
    "prints": ("*.ttf", "no fonts in resources/fonts"),
    "pinned_fonts": ("manifest.json", "resources/fonts is not as pinned"),
}
"""Marker to the file without which its tests are skipped, and the reason given."""


def pytest_runtest_setup(item):
    for marker, (file, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not any(FONTS.glob(file)):
            pytest.skip(f"{reason}: run python3 dev.py setup")


@pytest.fixture(scope="session")
def shared():
    """The folder of real-looking material beside the repository; without it tests are skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not here")
    return folder
