import fc from 'fast-check'

/** The same cases every time: a law that fails is not passed by trying again. Another number looks elsewhere. */
fc.configureGlobal({ seed: 20_200_511 })
