"""A kernel manager for the press: forked kernels over private sockets, and a client that does not wait for nothing."""

import shutil
import subprocess
import tempfile
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

from udcg.press.kernels import owner
from udcg.press.kernels.client import QuickClient
from udcg.press.kernels.provisioner import LAUNCHER, NAME


class KernelManager(AsyncKernelManager):
    """Starts a forked kernel over ipc sockets in a folder of its own (an ordinary one over tcp where the system has neither)."""

    client_factory = Type(QuickClient)
    kernel_spec = KernelSpec(
        argv=["python", "-m", LAUNCHER, "-f", "{connection_file}"],
        display_name="UDCG",
        language="python",
        metadata={"kernel_provisioner": {"provisioner_name": NAME}},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = ""
        if owner.SUPPORTED:
            self.folder = tempfile.mkdtemp(prefix="kernel-", dir=owner.folder())
            self.transport = "ipc"
            self.ip = f"{self.folder}/socket"
            self.connection_file = f"{self.folder}/connection.json"

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        # what an ordinary kernel chatters is no news for the build's log
        await super()._async_start_kernel(**kwargs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    start_kernel = _async_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if self.folder and not restart:
            shutil.rmtree(self.folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
