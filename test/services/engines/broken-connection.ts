/** A way to a server that can be cut: what is on it then is lost, and new connections are taken. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Way extends AsyncDisposable {
  readonly port: number;
  /** How many connections were made. */
  readonly made: () => number;
  /** Breaks all connections. */
  cut(): void;
}

/** @param port - of a server on this machine */
export async function wayTo(port: number): Promise<Way> {
  const open = new Set<Socket>();
  let made = 0;
  const keep = (socket: Socket): void => {
    // The other end of one that was cut breaks too.
    socket.on("error", () => {});
    open.add(socket.once("close", () => open.delete(socket)));
  };
  const server = createServer((near) => {
    made += 1;
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) keep(socket);
    near.pipe(far).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    made: () => made,
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
