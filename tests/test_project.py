"""What the project says of itself stays true."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = (".py", ".md", ".html", ".css", ".js", ".yaml", ".toml", ".txt", ".in", ".sh", "Makefile")


def text_files() -> list[Path]:
    """Give the project's own text files, as git knows them."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.splitlines() or [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()]
    return [ROOT / name for name in names if name.endswith(SOURCES) and (ROOT / name).is_file()]


def test_every_setting_is_documented() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "assessment").rglob("*.py"))
    settings = set(re.findall(r"\bASSESSMENT_[A-Z_]+\b", code))
    documented = set(re.findall(r"`(ASSESSMENT_[A-Z_]+)`", (ROOT / "README.md").read_text("utf-8")))
    assert settings == documented


def test_no_file_names_a_package_registry_or_a_machine() -> None:
    # Written in pieces, so that this file does not name them either.
    hosts = ("pypi." + "org", "pythonhosted." + "org", "registry.npm" + "js", "deb.debian." + "org")
    folders = ("/ro" + "ot/", "/wo" + "rk/")
    for path in text_files():
        content = path.read_text("utf-8")
        assert not [word for word in (*hosts, *folders) if word in content], path


def test_every_dependency_is_locked_with_a_hash() -> None:
    for name in ("setup", "use", "development", "fuzz"):
        content = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        requirements = re.findall(r"^[a-z0-9.-]+(?:\[[a-z,]+\])?==.*(?:\n    --hash=.*)*", content, re.MULTILINE)
        assert requirements
        assert all("--hash=sha256:" in requirement for requirement in requirements)


def test_every_decision_has_its_own_number() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_links_in_the_documentation_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
