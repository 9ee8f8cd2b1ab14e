using Microsoft.AspNetCore.Http;

namespace Realtime.Web.VirtualRequests;

/// <summary>A request that came over a socket, read and found well-formed.</summary>
/// <param name="Method">Upper-case.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Headers">What the client sent, without what is not its to send.</param>
/// <param name="Body">The body's bytes; empty when there is none.</param>
internal sealed record VirtualRequest(string Method, RequestTarget Target, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);
