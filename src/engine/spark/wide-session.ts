/** Connections of HTTP/2 on which much may be on its way: what Node.js takes by itself is 64 KiB, so that every answer waits for it. */
import { Http2SessionManager } from "@connectrpc/connect-node";

/**
 * Bytes that the server may send before it is told that some were read, of each answer and of all. They are lost when the
 * connection breaks: a Spark keeps the last 10 MiB that it has sent, `spark.connect.execute.reattachable.observerRetryBufferSize`.
 */
const windowSize = 4 * 1024 * 1024;
/** The most bytes of one frame: each one is a turn of the event loop. */
const maxFrameSize = 1024 * 1024;
/** Megabytes that may wait to be sent; above, Node.js refuses to begin a request, and a large plan would be the last one. */
const maxSessionMemory = 4096;

export class WideSession extends Http2SessionManager {
  /** @param url - the server's; @param silence - when the connection is asked for life */
  constructor(url: string, silence: ConstructorParameters<typeof Http2SessionManager>[1]) {
    super(url, silence, { maxSessionMemory, settings: { initialWindowSize: windowSize, maxFrameSize } });
  }

  override async request(...request: Parameters<Http2SessionManager["request"]>) {
    const stream = await super.request(...request);
    const { session } = stream;
    // The window of the connection itself is no setting: it is told once there is one.
    if ((session?.state.effectiveLocalWindowSize ?? windowSize) < windowSize) session?.setLocalWindowSize(windowSize);
    return stream;
  }
}
