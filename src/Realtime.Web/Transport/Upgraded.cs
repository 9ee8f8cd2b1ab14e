using System.IO.Pipelines;
using System.Net.Sockets;
using Realtime.Web.Transport.Opening;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Transport;

/// <summary>What is left of an HTTP request after its upgrade: bytes in, bytes out.</summary>
/// <param name="Input">What the client sends.</param>
/// <param name="Wire">Where the server's own output goes.</param>
/// <param name="Socket">The socket, if frames may go straight to it as soon as the client is known to be ready.</param>
/// <param name="OwnsInput">Whether the input was made for this connection, rather than being the server's.</param>
/// <param name="Handover">Where to go on when the request has ended; null: the request must last as long as the connection.</param>
internal sealed record Upgraded(PipeReader Input, Wire Wire, Socket? Socket, bool OwnsInput, Handover? Handover) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => OwnsInput ? Input.CompleteAsync() : ValueTask.CompletedTask;
}
