"""How people log in: OpenID Connect from the environment or .streamlit/secrets.toml, checked before anything is served.

Nothing here is printed or logged but the names of what is missing.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from data import settings
from data.errors import RembukError

SECRETS = Path(".streamlit/secrets.toml")
ENVIRONMENT = {
    "server_metadata_url": "REMBUK_OIDC_METADATA_URL",
    "client_id": "REMBUK_OIDC_CLIENT_ID",
    "client_secret": "REMBUK_OIDC_CLIENT_SECRET",
    "redirect_uri": "REMBUK_OIDC_REDIRECT_URI",
    "cookie_secret": "REMBUK_COOKIE_SECRET",
}
_SHORTEST_SECRET = 32
_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class LogInUnusableError(RembukError, ValueError):
    """The log-in is not configured, or not so that it is safe."""

    code = "log_in_unusable"
    exit_code = 2


def log_in_settings(root: Path = settings.PROJECT_ROOT) -> dict[str, str] | None:
    """Return the settings of the log-in, or None where there are none; the environment wins over secrets.toml.

    Raises LogInUnusableError for settings that are incomplete or unsafe: a short cookie secret, a return address that
    is not https (but for this machine) or does not end in /oauth2callback.
    """
    found: dict[str, str] = {**_from_file(root / SECRETS), **_from_environment(os.environ)}
    if not found:
        return None
    missing = [f"{name} ({variable})" for name, variable in ENVIRONMENT.items() if not found.get(name)]
    if missing:
        raise LogInUnusableError(
            f"the log-in lacks {', '.join(missing)}; set them in the environment or under [auth] in {SECRETS}, see "
            f"{SECRETS}.example."
        )
    if len(found["cookie_secret"]) < _SHORTEST_SECRET:
        raise LogInUnusableError(
            f"cookie_secret has fewer than {_SHORTEST_SECRET} characters; make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    for name in ("redirect_uri", "server_metadata_url"):
        address = urlparse(found[name])
        if address.scheme != "https" and address.hostname not in _THIS_MACHINE:
            raise LogInUnusableError(f"{name} must be https, for whoever listens on the way could log in as others.")
    if not found["redirect_uri"].endswith("/oauth2callback"):
        raise LogInUnusableError("redirect_uri must end in /oauth2callback, where the provider sends people back to.")
    return found


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: environment[variable] for name, variable in ENVIRONMENT.items() if environment.get(variable)}


def _from_file(path: Path) -> dict[str, str]:
    try:
        section: Any = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LogInUnusableError(
            f"{path.name} cannot be read ({type(error).__name__}); correct or remove it."
        ) from error
    return {name: str(value) for name, value in section.items() if not isinstance(value, dict)}
