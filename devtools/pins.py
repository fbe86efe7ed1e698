"""Fonts and icons the program ships: which packages, which versions, which bytes.

They are public npm packages, taken at set-up and never committed. ``npm`` asks the registry it is
configured for; the sums below decide whether what came is what was meant.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package and what is taken out of it.

    Attributes:
        name: the package's name.
        version: its exact version.
        integrity: ``sha512-`` and the Base64 sum of its archive, as npm writes it.
        members: path in the archive to file name in the target folder; a path that ends in ``/``
            takes every file right below it under its own name. A ``.woff`` member taken under a
            ``.ttf`` name is unpacked to TrueType.
    """

    name: str
    version: str
    integrity: str
    members: dict[str, str]


FONTS = (
    Package(
        "@fontsource/lxgw-wenkai",
        "5.3.0",
        "sha512-+U5AAOXeaB7o+3G0Qm7I7Djz2Jd1hqNY+kClOZH8bTunyyGa2WxY12LZftt2AqUsxlfxwdQpd75Js1HQ"
        "It4H4g==",
        {
            # the "latin" files of this package hold the whole font; 500 is its regular weight
            "package/files/lxgw-wenkai-latin-500-normal.woff": "LXGWWenKai-Regular.ttf",
            "package/LICENSE": "LXGWWenKai-LICENSE.txt",
        },
    ),
    Package(
        "@expo-google-fonts/noto-serif-sc",
        "0.4.3",
        "sha512-fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+C"
        "U3akfw==",
        {
            "package/400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
            "package/700Bold/NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf",
            "package/LICENSE_FONT": "NotoSerifSC-LICENSE.txt",
        },
    ),
    Package(
        "@expo-google-fonts/noto-sans-sc",
        "0.4.3",
        "sha512-9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmf"
        "NHDncQ==",
        {
            "package/400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
            "package/700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
            "package/LICENSE_FONT": "NotoSansSC-LICENSE.txt",
        },
    ),
)

ICONS = (
    Package(
        "lucide-static",
        "1.62.0",
        "sha512-WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pH"
        "kSWgwA==",
        {"package/icons/": "", "package/LICENSE": "LICENSE.txt"},
    ),
)


@dataclass(frozen=True, slots=True)
class DebianFont:
    """A font that Debian has as a package, whose signature apt checks.

    Attributes:
        package: the package's name.
        file: the font file in it, kept under the same name.
    """

    package: str
    file: str


RARE_FONTS = (DebianFont("fonts-hanazono", "HanaMinB.ttf"),)
"""Cover the rarest characters (GB 18030 level 3); no npm package does. Elsewhere done without."""

SUBSTITUTES = (
    DebianFont("fonts-lxgw-wenkai", "LXGWWenKai-Regular.ttf"),
    DebianFont("fonts-hanazono", "HanaMinA.ttf"),
)
"""Taken where npm packages cannot be had: every name can be printed, all in one typeface."""
