"""make run."""

from __future__ import annotations

from deploy.local import ports
from deploy.local.data_folder import opened
from deploy.local.demo import describe, prepare_demo
from deploy.local.processes import call
from deploy.local.services import address, api_command, api_environ, api_service, bot_service
from deploy.local.settings import Settings
from deploy.local.supervise import healthy, supervise


async def run(settings: Settings) -> None:
    """Until Ctrl-C."""
    ports.must_be_free(settings.port, "PORT")
    bot_port = ports.bot_port(settings.bot_port)
    with opened(settings.data) as secret:
        services = [bot_service(settings, bot_port, secret), api_service(settings, bot_port, secret)]
        environment = api_environ(settings, bot_port, secret)
        demo_command = api_command(settings, environment, "-m", "api.cli", "demo", "--json")
        past_command = api_command(settings, environment, "-m", "api.cli", "demo-past")

        async def announce() -> None:
            await services[1].prepared.wait()  # the records exist from here on
            demo = await prepare_demo(demo_command)
            await healthy(f"{address(settings)}/health", services)
            if settings.demo_has_a_past:
                await call(past_command)
            print(describe(demo), flush=True)

        await supervise(services, announce)
