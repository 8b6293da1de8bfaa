"""E-mail, by SMTP or by SendGrid; only `infra` may import what is in here."""
