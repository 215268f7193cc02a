module.exports = { env: { wasm: {} } }
