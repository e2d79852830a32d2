"""What is left out everywhere, because nobody looks for it or nobody should find it.

Sources of the lists: the ignore lists of Baloo and LocalSearch, github.com/github/gitignore, and what OpenSSH, GnuPG,
pass, KeePass, browsers and cloud tools call the files in which they keep secrets.
"""

from vexgui.core.told import told

_SECRETS = (
    # By place, in whoever's home and in copies of it.
    ".ssh/",
    ".gnupg/",
    ".password-store/",
    ".pki/",
    ".aws/",
    ".azure/",
    ".kube/",
    ".docker/config.json",
    ".config/gcloud/",
    ".config/gh/",
    ".config/rclone/",
    ".config/sops/",
    ".config/keepassxc/",
    ".config/Bitwarden/",
    ".config/1Password/",
    ".local/share/keyrings/",
    ".local/share/kwalletd/",
    # By name, wherever they lie.
    "*.kdb",
    "*.kdbx",
    "*.key",
    "*.pem",
    "*.p12",
    "*.pfx",
    "*.ppk",
    "*.jks",
    "*.keystore",
    "*.keyring",
    "*.keychain",
    "*.keychain-db",
    "*.kwl",
    "*.agilekeychain",
    "*.opvault",
    "*.wallet",
    "wallet.dat",
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ecdsa_sk",
    "id_ed25519",
    "id_ed25519_sk",
    "key3.db",
    "key4.db",
    "logins.json",
    ".env",
    ".netrc",
    ".pgpass",
    ".htpasswd",
    ".git-credentials",
)
_MACHINE_MADE = (
    ".cache/",
    ".thumbnails/",
    ".Trash/",
    ".Trash-*/",
    ".local/share/Trash/",
    ".snapshots/",
    ".git",
    ".hg/",
    ".svn/",
    ".jj/",
    ".bzr/",
)
USUAL = (*_SECRETS, *_MACHINE_MADE)
"""Patterns that hold before the user's own, and can be taken back by these: ``!*.key``."""

MARKERS = told(
    {
        b".nosearch": "nothing in it is to be found",
        b".nomedia": "nothing in it is to be found",
        b".trackerignore": "nothing in it is to be found",
        b"CACHEDIR.TAG": "it is a cache",
        b"pyvenv.cfg": "it is a virtual environment of Python",
    }
)
"""Files that say something of the folder they lie in, and what."""

CACHE_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55"
"""What a CACHEDIR.TAG begins with (bford.info/cachedir)."""

_PYTHON = (b"pyproject.toml", b"setup.py", b"setup.cfg")
_GRADLE = (b"build.gradle", b"build.gradle.kts", b"settings.gradle", b"settings.gradle.kts")
BUILD_OUTPUT = {
    b"target": (b"Cargo.toml", b"pom.xml", b"build.sbt"),
    b"build": (*_PYTHON, *_GRADLE, b"CMakeLists.txt", b"meson.build", b"package.json", b"pubspec.yaml"),
    b"builddir": (b"meson.build",),
    b"dist": (*_PYTHON, b"package.json"),
    b"out": (*_GRADLE, b"package.json"),
    b"_build": (b"conf.py", b"dune-project", b"mix.exs"),
    b"deps": (b"mix.exs",),
    b"node_modules": (b"package.json",),
    b"bower_components": (b"bower.json",),
    b"Pods": (b"Podfile",),
    b"zig-out": (b"build.zig",),
}
"""Folders in which tools leave what they make, each with files of which one lies beside it."""
