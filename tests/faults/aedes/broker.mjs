#!/usr/bin/env node
// aedes (MQTT 3.1.1 only) in mosquitto's place: broker.mjs -c mosquitto.conf
// Reads the listener and the password file that the stand-in wrote for mosquitto; keeps nothing.
import { pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import Aedes from 'aedes'

const config = readFileSync(process.argv[process.argv.indexOf('-c') + 1], 'utf8')
const [, port, host] = /^listener (\d+) (\S+)$/m.exec(config)
const [, passwordFile] = /^password_file (.+)$/m.exec(config)
const accounts = new Map(
  readFileSync(passwordFile, 'utf8').trim().split('\n').map((line) => {
    const at = line.indexOf(':')
    return [line.slice(0, at), line.slice(at + 1)]
  })
)

function isRight (stored, password) { // $7$rounds$salt$hash of mosquitto_passwd
  const [, kind, rounds, salt, hash] = stored.split('$')
  if (kind !== '7') return false
  const wanted = Buffer.from(hash, 'base64')
  const found = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(rounds), wanted.length, 'sha512')
  return timingSafeEqual(wanted, found)
}

const broker = new Aedes({
  concurrency: 500,
  queueLimit: 10000,
  authenticate (client, username, password, done) {
    const stored = accounts.get(username)
    const right = stored !== undefined && password && isRight(stored, password)
    done(right ? null : Object.assign(new Error('refused'), { returnCode: 4 }), Boolean(right))
  }
})
const server = createServer({ noDelay: true }, broker.handle)
server.listen(Number(port), host)
process.on('SIGTERM', () => process.exit(0))
