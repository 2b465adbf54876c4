"""What a browser calls itself, in the few words in which its owner would name it."""

from typing import Annotated

from fastapi import Depends, Request

# the first that is found counts: browsers also name those that they descend from
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """Empty for what is not known. Names only: they are the same in every language."""
    named = [_first(names, user_agent) for names in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in named if name)


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")


async def _device(request: Request) -> str:
    return device_name(request.headers.get("user-agent", ""))


DeviceDep = Annotated[str, Depends(_device)]
