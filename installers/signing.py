"""Signs a Windows program when a certificate is in the environment; without one it does nothing and says so.

    python -m installers.signing FILE

WINDOWS_CERTIFICATE names a .pfx file, WINDOWS_CERTIFICATE_PASSWORD is its password, WINDOWS_TIMESTAMP the address of a
time-stamping server. Windows uses signtool, other systems osslsigncode.
"""

import os
import subprocess
import sys
from pathlib import Path


def has_certificate() -> bool:
    """Return whether there is a certificate to sign with."""
    return bool(os.environ.get("WINDOWS_CERTIFICATE"))


def command(file: Path, signed: Path) -> list[str]:
    """Return the command that signs a file: signtool in place, osslsigncode into another file."""
    certificate, password = (
        os.environ["WINDOWS_CERTIFICATE"],
        os.environ.get("WINDOWS_CERTIFICATE_PASSWORD", ""),
    )
    stamp = os.environ.get("WINDOWS_TIMESTAMP", "")
    if sys.platform == "win32":
        stamped = ["/tr", stamp, "/td", "sha256"] if stamp else []
        return ["signtool", "sign", "/fd", "sha256", "/f", certificate, "/p", password, *stamped, str(file)]
    stamped = ["-ts", stamp] if stamp else []
    options = ["-pkcs12", certificate, "-pass", password, "-h", "sha256", "-n", "VGG Desktop", *stamped]
    return ["osslsigncode", "sign", *options, "-in", str(file), "-out", str(signed)]


def sign(file: Path) -> None:
    """Sign a program in its place. Raises `CalledProcessError`."""
    if not has_certificate():
        print(f"{file.name} is not signed: there is no certificate")
        return
    signed = file.with_name(file.name + ".signed")
    subprocess.run(command(file, signed), check=True)
    if signed.exists():
        signed.replace(file)


if __name__ == "__main__":
    sign(Path(sys.argv[1]))
