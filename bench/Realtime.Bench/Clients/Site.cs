using System.Net;

namespace Realtime.Bench.Clients;

/// <summary>Whom a client calls, and as which member.</summary>
/// <param name="Server">The server's address.</param>
/// <param name="Path">Path and query of the WebSocket.</param>
/// <param name="Index">The client's place among the members.</param>
internal readonly record struct Site(IPEndPoint Server, string Path, int Index);
