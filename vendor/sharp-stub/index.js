module.exports = () => {
  throw new Error('Images are not read by this program (sharp is replaced by a stub in vendor/).')
}
