'use strict';
// Sails with the sockets hook: two routes, reached by virtual requests as a Sails front end would.
const { Sails } = require('sails');

new Sails().lift({
  appPath: __dirname,
  environment: 'production',
  port: Number(process.argv[2]),
  explicitHost: '127.0.0.1',
  log: { level: 'error' },
  globals: false,
  hooks: { grunt: false, i18n: false, views: false, pubsub: false, blueprints: false },
  session: { secret: 'a benchmark has none', cookie: { secure: false } },
  sockets: { onlyAllowOrigins: [`http://127.0.0.1:${process.argv[2]}`] },
  routes: {
    'POST /join': (req, res) => req._sails.sockets.join(req, req.body.room, error => error ? res.serverError(error) : res.ok()),
    'POST /broadcast': (req, res) => {
      req._sails.sockets.broadcast(req.body.room, req.body.event, req.body.data);
      return res.ok();
    },
  },
}, error => {
  if (error) {
    console.error(error);
    process.exit(1);
  }
});
