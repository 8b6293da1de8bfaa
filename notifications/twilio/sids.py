"""What Twilio's ids look like; anything else is not one."""

from __future__ import annotations

import re
from typing import Final

ACCOUNT: Final = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)
MESSAGE: Final = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)
CALL: Final = re.compile(r"CA[0-9a-fA-F]{32}", re.ASCII)
