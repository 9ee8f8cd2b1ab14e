using System.Diagnostics;

namespace Realtime.Web.Transport.Output;

// How what was accepted leaves: put off, now, or behind what waits. All but the waiting for the network within the queue's lock.
internal sealed partial class FrameQueue : IThreadPoolWorkItem
{
    /// <summary>The round is over: what was put off goes out, unless something that came behind it has taken it along.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            SendPutOff();
        }
    }

    private void Accept(Piece piece) => Volatile.Write(ref _accepted, _accepted + piece.Bytes.Length);

    /// <summary>Sends behind what was put off. True: sent. False: it waits, or the connection broke.</summary>
    private bool Send(Piece piece)
    {
        SendPutOff();
        if (_isBroken)
        {
            piece.Release();
            return false;
        }

        Accept(piece);
        if (_waiting is not null)
        {
            _waiting.Enqueue(piece);
            return false;
        }

        return SendNow(piece);
    }

    private void SendPutOff()
    {
        if (_putOff.IsNone)
        {
            return;
        }

        var piece = _putOff;
        _putOff = default;
        if (SendNow(piece))
        {
            ReleaseWaiters(); // who came meanwhile
        }
    }

    private bool SendNow(Piece piece)
    {
        try
        {
            var sending = _wire.SendAsync(piece.Bytes);
            if (!sending.IsCompleted)
            {
                _waiting = [];
                _sendingSince = Stopwatch.GetTimestamp();
                _ = SendOnAsync(sending, piece);

                // It may have been taken between the look and the wait: then nobody would wake who waited for it now.
                return _waiting is null && !_isBroken;
            }

            sending.GetAwaiter().GetResult(); // it has completed: this waits for nothing, but throws what went wrong
        }
        catch (Exception e)
        {
            Fail(e);
            return false;
        }

        Volatile.Write(ref _taken, _taken + piece.Bytes.Length);
        piece.Release();
        return true;
    }

    private async Task SendOnAsync(ValueTask sending, Piece piece)
    {
        try
        {
            do
            {
                await sending.ConfigureAwait(false);
            }
            while (SendNext(ref piece, out sending));
        }
        catch (Exception e)
        {
            // Whatever it is, the frame is torn: nothing can follow it. Its array is not given back, for it may be in use.
            Fail(e);
        }
    }

    private bool SendNext(ref Piece piece, out ValueTask sending)
    {
        lock (_gate)
        {
            Volatile.Write(ref _taken, _taken + piece.Bytes.Length);
            piece.Release();
            ReleaseWaiters();
            if (_waiting!.TryDequeue(out piece))
            {
                _sendingSince = Stopwatch.GetTimestamp();
                sending = _wire.SendAsync(piece.Bytes);
                return true;
            }

            (_waiting, sending) = (null, default);
            return false;
        }
    }

    // The owner hears of it first: whoever waits for a frame and goes on may look for why.
    private void Fail(Exception e)
    {
        connection.WriteFailed(e);
        Break();
    }

    private void Drop()
    {
        Drop(_putOff);
        _putOff = default;
        while (_waiting is not null && _waiting.TryDequeue(out var piece))
        {
            Drop(piece);
        }

        ReleaseWaiters();
    }

    private void Drop(Piece piece)
    {
        Volatile.Write(ref _accepted, _accepted - piece.Bytes.Length);
        piece.Release();
    }

    private void ReleaseWaiters()
    {
        // Who waits for what was dropped waits for nothing.
        var released = _isBroken || _taken >= _accepted ? long.MaxValue : _taken;
        _flush?.Release(released, isCompleted: _isClosed);
        _drains?.Release(released);
    }
}
