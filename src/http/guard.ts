/** Where the server listens. */
export interface Address {
  /** As it was set: a name, an IPv4 or an IPv6 address. */
  readonly host: string
  readonly port: number
}

/** Header values as the guard reads them. */
export interface Origins {
  readonly method: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly fetchMode: string | undefined
  readonly fetchDest: string | undefined
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']
const EVERY: readonly string[] = ['0.0.0.0', '::', '[::]']

/** An address as it stands in a URL: IPv6 in brackets, lower case. */
const bracketed = (host: string): string =>
  (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host).toLowerCase()

/** True for a host that other machines can reach. */
export const isExposed = (host: string): boolean =>
  !LOOPBACK.includes(bracketed(host)) && !/^127\.\d+\.\d+\.\d+$/.test(host)

/** A DNS-rebinding page always comes under a name, so on an address of all interfaces literal IPs are let in. */
const isLiteral = (name: string): boolean =>
  /^(\d{1,3}\.){3}\d{1,3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)

const isOurs = (authority: string, address: Address): boolean => {
  const at = /^(.*?)(?::(\d{1,5}))?$/.exec(authority.toLowerCase())
  const name = at?.[1] ?? ''
  if (Number(at?.[2] ?? 80) !== address.port) return false
  if (LOOPBACK.includes(name) || name === bracketed(address.host)) return true
  return EVERY.includes(address.host) && isLiteral(name)
}

/**
 * Refuses what another web page sends: DNS rebinding shows in Host, cross-site requests in Origin and
 * Sec-Fetch-Site. A link that a person follows from elsewhere (a top-level navigation) is let in.
 */
export const isAllowed = (request: Origins, address: Address): boolean => {
  if (request.host === undefined || !isOurs(request.host, address)) return false
  if (request.origin !== undefined && !isOurOrigin(request.origin, address)) return false
  const site = request.fetchSite
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return request.method === 'GET' && request.fetchMode === 'navigate' && request.fetchDest === 'document'
}

const isOurOrigin = (origin: string, address: Address): boolean =>
  origin.startsWith('http://') && isOurs(origin.slice('http://'.length), address)
