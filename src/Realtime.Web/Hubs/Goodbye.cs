using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Realtime.Web.Transport;

namespace Realtime.Web.Hubs;

/// <summary>
/// Tells a client that said goodbye from one that was lost. A client that leaves sends SignalR's close message, upon which the
/// hub stops reading although there could be more, or it closes its WebSocket in good order; a lost one just ends the stream, or
/// is given up because it was silent.
/// </summary>
internal sealed class Goodbye : IClosedByClient
{
    private volatile bool _closeFrame;
    private bool _streamEnded;
    private bool _givenUp;

    /// <summary>Whether the client left in good order. To be asked when the hub has stopped reading.</summary>
    public bool WasSaid => _closeFrame || (!_streamEnded && !_givenUp);

    void IClosedByClient.Note() => _closeFrame = true;

    /// <summary>Watches what the hub reads from a connection.</summary>
    public static ConnectionDelegate Watch(ConnectionDelegate hub) => connection =>
    {
        var goodbye = new Goodbye();
        connection.Features.Set(goodbye);
        connection.Features.Set<IClosedByClient>(goodbye);
        connection.ConnectionClosed.Register(static state => ((Goodbye)state!)._streamEnded = true, goodbye);
        connection.Transport = new Pipes(new WatchedReader(connection.Transport.Input, goodbye), connection.Transport.Output);
        return hub(connection);
    };

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class WatchedReader(PipeReader inner, Goodbye goodbye) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var reading = inner.ReadAsync(cancellationToken);
            return reading.IsCompletedSuccessfully ? new(Watch(reading.Result)) : Await(reading);
        }

        public override bool TryRead(out ReadResult result)
        {
            if (!inner.TryRead(out result))
                return false;
            Watch(result);
            return true;
        }

        private async ValueTask<ReadResult> Await(ValueTask<ReadResult> reading)
        {
            try
            {
                return Watch(await reading);
            }
            catch
            {
                goodbye._streamEnded = true;
                throw;
            }
        }

        private ReadResult Watch(ReadResult result)
        {
            goodbye._streamEnded |= result.IsCompleted && result.Buffer.IsEmpty;
            goodbye._givenUp |= result.IsCanceled;
            return result;
        }
    }
}
