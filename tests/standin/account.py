"""The invented account at the stand-in."""

from __future__ import annotations

ACCOUNT = "AC00000000000000000000000000000000"
TOKEN = "stand-in-auth-token"
SECONDARY_TOKEN = "stand-in-secondary-token"
KEY = "SK00000000000000000000000000000000"
SECRET = "stand-in-api-secret"
SENDER = "+447700900001"
SERVICE = "MG11111111111111111111111111111111"

SEED = {
    "twilio": {
        "account": {"sid": ACCOUNT, "auth_token": TOKEN},
        "api_keys": [{"sid": KEY, "secret": SECRET}],
        "phone_numbers": [{"phone_number": SENDER, "friendly_name": "Throughcare"}],
        "messaging_services": [
            {"sid": SERVICE, "friendly_name": "Throughcare", "phone_numbers": [SENDER]}
        ],
    }
}
