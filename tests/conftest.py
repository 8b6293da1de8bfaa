"""What every test may use: the stores, the server, and how hard hypothesis tries."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.stores", "tests.servers", "tests.standin.fixtures"]

# Choose with --hypothesis-profile; `ci` gives the same examples every time, so that a red run is
# about the change and not about luck. `soak` is for a quiet machine.
settings.register_profile(
    "ci",
    max_examples=30,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("soak", max_examples=5_000, stateful_step_count=80, deadline=None)
settings.load_profile("ci")
