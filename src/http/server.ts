import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { App } from './context.ts'
import type { Address } from './guard.ts'
import { SAFE_HEADERS } from './headers.ts'
import { PROBLEMS, type ProblemType, problemBody, problemHeaders } from './problems.ts'

/** Milliseconds. A client that sends its headers or its whole request slower than this is closed with 408. */
export interface Patience {
  readonly headers_ms: number
  readonly request_ms: number
}

const PATIENCE: Patience = { headers_ms: 8_000, request_ms: 12_000 }
/** Milliseconds a socket may stay without a byte: a reader that stalls is let go. */
const SILENT_MS = 30_000
/** Milliseconds between two looks at what is still open when stopping. */
const SETTLE_MS = 50
/** Milliseconds an idle connection is kept for the next request: a person reads longer than Node's five seconds. */
const KEEP_MS = 20_000
/** Open sockets; a laptop's browser holds six. */
const SOCKETS = 1_000

export interface Running {
  /** Where it listens, the port as the system gave it. */
  readonly address: Address
  /** Takes no new requests, lets those under way finish, cuts what is left after `grace_ms`. */
  readonly stop: (grace_ms: number) => Promise<void>
}

/**
 * Gives the application a port.
 * @throws ChuchuError port_taken, bad_config
 */
export const listen = async (
  app: App,
  at: Address,
  onFault: (error: unknown) => void,
  { headers_ms, request_ms }: Patience = PATIENCE,
): Promise<Running> => {
  const server = createServer(
    {
      headersTimeout: headers_ms,
      requestTimeout: request_ms,
      connectionsCheckingInterval: Math.min(1_000, request_ms),
      requireHostHeader: false, // our own guard answers, as problem+json
    },
    getRequestListener(app.fetch, {
      errorHandler: (error) => {
        if (isRequestError(error)) return plainResponse('malformed', NO_HOST)
        onFault(error)
        return plainResponse('internal')
      },
    }),
  )
  server.maxConnections = SOCKETS
  server.timeout = SILENT_MS
  server.keepAliveTimeout = KEEP_MS
  const latest = new WeakMap<object, ServerResponse>()
  server.on('request', ({ socket }, response) => latest.set(socket, response))
  server.on('clientError', (error, socket) => refuseSocket(error, socket, latest.get(socket)))
  server.on('checkExpectation', (_, response) => {
    response.writeHead(417, headersOf('expectation')).end(bodyOf('expectation'))
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await bind(server, at)
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return { address: { host: at.host, port }, stop: (grace) => stop(server, sockets, grace) }
}

const bind = (server: Server, { host, port }: Address): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(bindError(cause, host, port)))
    server.listen(port, host.replace(/^\[|\]$/g, ''), () => {
      server.removeAllListeners('error')
      resolve()
    })
  })

const bindError = (cause: Error, host: string, port: number): ChuchuError => {
  const code = systemCode(cause)
  if (code === 'EADDRINUSE')
    return new ChuchuError(
      'port_taken',
      `Port ${port} of ${host} is taken by another program. Stop it, or take another port: chuchu serve --port ${port + 1}`,
      { cause },
    )
  if (code === 'EACCES')
    return new ChuchuError(
      'bad_config',
      `Not allowed to listen on port ${port}. Take one above 1023: --port 8787`,
      {
        cause,
      },
    )
  return new ChuchuError(
    'bad_config',
    `Cannot listen on ${host}:${port} (${code ?? cause.message}). Check CHUCHU_HOST.`,
    {
      cause,
    },
  )
}

/**
 * Idle keep-alive sockets are closed again and again, as a busy one becomes idle when its answer is out. Browsers
 * also open sockets they may never use; those that have sent nothing are cut.
 */
const stop = async (server: Server, sockets: ReadonlySet<Socket>, grace_ms: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS)) // what the system has accepted is heard first
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const sweep = setInterval(() => {
    server.closeIdleConnections()
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }, SETTLE_MS)
  const cut = setTimeout(() => server.closeAllConnections(), grace_ms)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

const isRequestError = (error: unknown): boolean => error instanceof Error && error.name === 'RequestError'

/** What is wrong before there is a body to speak of. */
const NO_HOST =
  '请求头里没有 Host，或者 Host 与地址写得不对：Host 应为服务启动时显示的地址，例如 127.0.0.1:8787。'
const NO_HTTP = '发来的不是 HTTP/1.1 的请求。'

const bodyOf = (type: ProblemType, detail?: string): string =>
  JSON.stringify(problemBody(type, '', crypto.randomUUID(), detail))
const headersOf = (type: ProblemType): Record<string, string> => ({
  ...SAFE_HEADERS,
  ...problemHeaders(type),
})

const plainResponse = (type: ProblemType, detail?: string): Response =>
  new Response(bodyOf(type, detail), { status: PROBLEMS[type].status, headers: headersOf(type) })

const TYPE_OF_FAULT: Readonly<Record<string, ProblemType>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** What is not HTTP, or comes too slowly, never reaches the application: it is answered on the socket. */
const refuseSocket = (error: NodeJS.ErrnoException, socket: Duplex, response?: ServerResponse): void => {
  const half = response?.headersSent === true && !response.writableFinished
  if (error.code === 'ECONNRESET' || !socket.writable || half) {
    socket.destroy()
    return
  }
  const type = TYPE_OF_FAULT[error.code ?? ''] ?? 'malformed'
  const body = bodyOf(type, type === 'malformed' ? NO_HTTP : undefined)
  const lines = Object.entries(headersOf(type)).map(([name, value]) => `${name}: ${value}`)
  socket.end(
    `HTTP/1.1 ${PROBLEMS[type].status} ${PROBLEMS[type].title}\r\n${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  )
}
