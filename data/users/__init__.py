"""Who may enter and as what: people by their identity at the OpenID provider, each with one role and its area.

Of a person nothing is kept but that identity; the log calls them by number. Every change is part of one transaction and
leaves an entry in the log.
"""

from data.users.acts import add_user, change_user, disable_user, enable_user
from data.users.people import AppUser, find_user, issuer_subject, list_users, normal_subject, scope_of
from data.users.sheet import import_users

__all__ = [
    "AppUser",
    "add_user",
    "change_user",
    "disable_user",
    "enable_user",
    "find_user",
    "import_users",
    "issuer_subject",
    "list_users",
    "normal_subject",
    "scope_of",
]
