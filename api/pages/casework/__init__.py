"""One form for everything that staff record of a release, described and not programmed.

A form is data: its fields (`fields`), what they mean as a command, and when it can be used
(`form`). The topics beside them describe one step or one group of life events each; `register`
lists them all. A new command of the domain adds its form to one topic, and a test fails until then.
"""
