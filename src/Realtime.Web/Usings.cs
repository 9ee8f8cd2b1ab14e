global using Realtime.Actors;
global using Realtime.Actors.Feeds;
global using Realtime.Actors.Names;
