using System.CommandLine;
using Realtime.Rooms;

var postgres = new Option<string?>("--postgres") { Description = "Where to store, as a connection string; SQLite without." };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3, Description = "How often." };
var joins = new Command("joins", "Persisted joins: rooms alone, without sockets.") { postgres, rounds };
joins.SetAction((parsed, _) => Joins.MeasureAsync(parsed.GetValue(postgres), parsed.GetValue(rounds)));
var count = new Option<int>("--rooms") { DefaultValueFactory = _ => 100_000, Description = "How many." };
var idle = new Command("idle", "Memory of rooms with one member each that nobody speaks in.") { postgres, count };
idle.SetAction((parsed, _) => Idle.MeasureAsync(parsed.GetValue(postgres), parsed.GetValue(count)));
return await new RootCommand("What rooms cost without sockets.") { joins, idle }.Parse(args).InvokeAsync();
