"""Signs a Windows program when a certificate is in the environment; without one it does nothing and reports that.

    python -m installers.signing FILE

On Windows signtool takes the certificate from the user's store: WINDOWS_CERTIFICATE_THUMBPRINT names it. Elsewhere
osslsigncode takes it from the .pfx file that WINDOWS_CERTIFICATE names; WINDOWS_CERTIFICATE_PASSWORD is its password.
WINDOWS_TIMESTAMP is the address of a time-stamping server. No password is ever on a command line, which every program
of the computer can read.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

CERTIFICATE = "WINDOWS_CERTIFICATE_THUMBPRINT" if sys.platform == "win32" else "WINDOWS_CERTIFICATE"


def has_certificate() -> bool:
    """Return whether there is a certificate to sign with."""
    return bool(os.environ.get(CERTIFICATE))


def command(file: Path, signed: Path, password: Path) -> list[str]:
    """Return the command that signs a file: signtool in place, osslsigncode into another file.

    osslsigncode reads the certificate's password from the file `password`.
    """
    certificate, stamp = os.environ[CERTIFICATE], os.environ.get("WINDOWS_TIMESTAMP", "")
    if sys.platform == "win32":
        stamped = ["/tr", stamp, "/td", "sha256"] if stamp else []
        return ["signtool", "sign", "/fd", "sha256", "/sha1", certificate, *stamped, str(file)]
    stamped = ["-ts", stamp] if stamp else []
    options = [
        "-pkcs12",
        certificate,
        "-readpass",
        str(password),
        "-h",
        "sha256",
        "-n",
        "VGG Desktop",
        *stamped,
    ]
    return ["osslsigncode", "sign", *options, "-in", str(file), "-out", str(signed)]


def sign(file: Path) -> None:
    """Sign a program in its place. Raises `CalledProcessError`."""
    if not has_certificate():
        print(f"{file.name} is not signed: there is no certificate")
        return
    signed = file.with_name(file.name + ".signed")
    with tempfile.TemporaryDirectory() as folder:  # which only this user can read
        password = Path(folder, "password")
        password.write_text(os.environ.get("WINDOWS_CERTIFICATE_PASSWORD", ""), "utf-8")
        subprocess.run(command(file, signed, password), check=True)
    if signed.exists():
        signed.replace(file)


if __name__ == "__main__":
    sign(Path(sys.argv[1]))
