global using Realtime.Actors.Delivery;
global using Realtime.Actors.Feeds;
global using Realtime.Actors.Membership;
global using Realtime.Actors.Names;
