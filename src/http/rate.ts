interface Limits {
  /** Requests at once. */
  readonly burst: number
  /** Requests a second after that. */
  readonly refill: number
}

interface Client {
  active: number
  tokens: number
  seen: number
}

export interface Rate {
  /** Admits a request of an address and returns the function that ends it; null when the address asks too much. */
  readonly admit: (address: string, now_ms: number) => (() => void) | null
}

/** Addresses remembered at most; those without a request under way are forgotten. */
const REMEMBERED = 10_000

/**
 * Token bucket an address. Only a request that comes while another of the same address is under way costs a
 * token: a client that waits for each reply before it asks again is never refused, however fast it is.
 */
export const makeRate = (limits: Limits): Rate => {
  const clients = new Map<string, Client>()
  const find = (address: string, now: number): Client => {
    const known = clients.get(address)
    if (known) {
      known.tokens = Math.min(limits.burst, known.tokens + ((now - known.seen) / 1000) * limits.refill)
      known.seen = now
      return known
    }
    if (clients.size >= REMEMBERED) forget(clients)
    const fresh = { active: 0, tokens: limits.burst, seen: now }
    clients.set(address, fresh)
    return fresh
  }
  return {
    admit: (address, now) => {
      const client = find(address, now)
      if (client.active > 0) {
        if (client.tokens < 1) return null
        client.tokens--
      }
      client.active++
      return () => {
        client.active--
      }
    },
  }
}

/** Drops the addresses with nothing under way; they start again with a full bucket. */
const forget = (clients: Map<string, Client>): void => {
  for (const [address, client] of clients) if (client.active === 0) clients.delete(address)
}
