"""Makes .venv with the pinned requirements, and leaves it alone while they have not changed.

    python3 .ci/environment.py          what the hub needs
    python3 .ci/environment.py --dev    and what its tests need

A new .venv is made with the Python that runs this; with the system's where that one can do it and this one was
compiled without optimisation, as pyenv compiles by default: a plain loop took 1.8 times as long in it as in Debian's
own, tests of the hub 1.25 times. PYTHON in the environment, or given to make, keeps to the Python that runs this.

Standard library only, and nothing newer than Python 3.6, so that an old one can say what is wrong with it.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
LOWEST = (3, 11)
SYSTEM_PYTHON = "/usr/bin/python3"  # distributions optimise theirs, Debian without saying so in CONFIG_ARGS


def newer_python():
    """Path of a Python on this machine that is new enough, else None."""
    for minor in (13, 12, 11):
        path = shutil.which(f"python3.{minor}")
        if path and subprocess.call([path, "-c", "import ssl"], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def become_new_enough():
    """Go on in a newer Python where this one is too old; end with one sentence where there is none."""
    if sys.version_info >= LOWEST:
        return
    path = newer_python()
    if path is None:
        sys.exit(
            f"The hub needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. "
            "On Debian 12: apt-get install python3 python3-venv"
        )
    os.execv(path, [path, *sys.argv])  # noqa: S606


def can_make_venv(python):
    """Whether this Python is there, new enough and whole: Debian keeps `ensurepip` in a package of its own."""
    trial = f"import ensurepip, sqlite3, ssl, sys, venv; assert sys.version_info >= {LOWEST}"
    try:
        return subprocess.call([python, "-c", trial], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def python_for_venv():
    """Path of the Python to make .venv with, and why where it is not the one that runs this."""
    own = sys.executable
    if (
        os.environ.get("PYTHON")
        or "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
        or os.path.realpath(own) == os.path.realpath(SYSTEM_PYTHON)
        or not can_make_venv(SYSTEM_PYTHON)
    ):
        return own, ""
    return SYSTEM_PYTHON, f" ({own} was compiled without optimisation; PYTHON={own} takes it all the same)"


def fingerprint(name):
    """What the environment was made of: this requirements file, this place, this Python."""
    with open(os.path.join(ROOT, name), "rb") as file:
        content = file.read()
    python = os.path.realpath(VENV_PYTHON)
    return hashlib.sha256(content + b"\0" + VENV.encode() + b"\0" + python.encode()).hexdigest()


def stamp(name):
    return os.path.join(VENV, name + ".sha256")


def is_installed(name):
    try:
        with open(stamp(name)) as file:
            return os.path.exists(VENV_PYTHON) and file.read() == fingerprint(name)
    except FileNotFoundError:
        return False


def install_venv_module():
    """Debian keeps `ensurepip` in a package of its own: install it as root, else say how."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if shutil.which("apt-get") is None or os.geteuid() != 0:
            sys.exit(f"Python's venv module is missing. On Debian and Ubuntu: sudo apt-get install {package}")
        print(f"Installing {package}, which Debian keeps apart from Python", flush=True)
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
            if subprocess.call(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL) != 0:
                sys.exit(f"apt-get {command[0]} failed; install {package} by hand.")


def make_venv():
    made = os.path.join(VENV, "made")
    if os.path.exists(made) and os.path.exists(VENV_PYTHON):
        return
    python, why = python_for_venv()
    if python == sys.executable:
        install_venv_module()
    print(f"Making .venv with {python}{why}", flush=True)
    command = [python, "-m", "venv", "--clear", VENV]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    told = process.communicate()[0].strip().splitlines()
    if process.returncode != 0:
        sys.exit(f"Could not make {VENV}: {told[-1] if told else 'venv failed'}")
    open(made, "w").close()


def pinned(name):
    """How many packages the file pins."""
    with open(os.path.join(ROOT, name)) as file:
        return sum(1 for line in file if "==" in line and not line.startswith((" ", "#")))


def install(name):
    """pip's own words only where it fails; one moving line of progress before."""
    total = pinned(name)
    # The file names everything. Left to look for dependencies, pip 23 prefers the newest coverage[toml] to the pinned
    # coverage, and refuses it for want of a hash.
    command = [VENV_PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--prefer-binary"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", os.path.join(ROOT, name)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    lines, met, terminal = [], 0, sys.stdout.isatty()
    if not terminal:
        print(f"Installing {total} packages of {name}", flush=True)
    for line in process.stdout:
        lines.append(line)
        words = line.split()
        if words[:1] == ["Collecting"] or words[:2] == ["Requirement", "already"]:
            met += 1
            if terminal:
                package = (words[1] if words[0] == "Collecting" else words[3]).split("==")[0]
                print(f"\r\033[KPackages of {name}: {met} of {total}  {package}", end="", flush=True)
        elif words[:1] == ["Installing"] and terminal:
            print(f"\r\033[KPackages of {name}: installing {total}", end="", flush=True)
    if terminal:
        print("\r\033[K", end="")
    if process.wait() != 0:
        sys.exit("".join(lines[-30:]) + f"\nCould not install {name}. Run the same command again to go on.")
    if subprocess.call([VENV_PYTHON, "-m", "pip", "check", "--disable-pip-version-check"], stdout=subprocess.DEVNULL):
        sys.exit(f"{name} lacks what its packages need; see: .venv/bin/python -m pip check")
    with open(stamp(name), "w") as file:
        file.write(fingerprint(name))


def main():
    become_new_enough()
    development = "--dev" in sys.argv[1:]
    name = "requirements-dev.txt" if development else "requirements.txt"
    if is_installed(name) and is_installed("requirements.txt"):
        return
    started = time.time()
    # The lock is on this file, so that it needs no file of its own and ends with the process.
    with open(os.path.abspath(__file__)) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Another make is installing the packages; waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(name) and is_installed("requirements.txt"):
            return
        make_venv()
        install(name)
        if development:
            # All of requirements.txt is pinned in requirements-dev.txt too, to the same versions.
            with open(stamp("requirements.txt"), "w") as file:
                file.write(fingerprint("requirements.txt"))
    print(f"Python packages ready ({time.time() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")
