import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/**
 * The wire between one browser and the server: a proxy that can be cut like a cable, so that sockets break as they
 * do in life. (A browser that is told to be offline keeps its open sockets.)
 */
export class CuttableProxy {
  private readonly server = createServer(forward);
  private readonly open = new Set<Socket>();
  private port = 0;

  static async start(): Promise<CuttableProxy> {
    const proxy = new CuttableProxy();
    proxy.server.on('connection', (socket: Socket) => proxy.keep(socket));
    proxy.server.on('connect', (head: IncomingMessage, socket: Socket) => proxy.tunnel(head.url ?? '', socket));
    await proxy.restore();
    return proxy;
  }

  /** The option for a new browser context; without the bypass rule a browser would go to localhost by itself. */
  get settings(): { server: string; bypass: string } {
    return { server: `http://127.0.0.1:${this.port}`, bypass: '<-loopback>' };
  }

  /** Breaks every connection and takes no new one. */
  async cut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.breakConnections();
    await closed;
  }

  /** Breaks every connection; the next ones work. */
  breakConnections(): void {
    for (const socket of this.open) socket.destroy();
  }

  async restore(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** A socket wants through: from here on, bytes. */
  private tunnel(target: string, client: Socket): void {
    const upstream = connect(Number(new URL(`http://${target}`).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    this.keep(upstream);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  }

  private keep(socket: Socket): void {
    this.open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.open.delete(socket));
  }
}

/** Hands a plain request on, and its answer back. */
function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { port, pathname, search } = new URL(incoming.url ?? '');
  const { method, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.once('close', () => onward.destroy());
  incoming.pipe(onward);
}
