using System.Text;
using System.Threading.Channels;
using Realtime.Web.Transport.Frames;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Tests.Transport.Output;

/// <summary>A network that takes bytes one send at a time, when told to.</summary>
internal sealed class ManualWire : Wire
{
    private readonly List<string> _taken = [];
    private readonly Channel<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Sent)> _sends = Channel.CreateUnbounded<(ReadOnlyMemory<byte>, TaskCompletionSource)>();

    public bool TakesAtOnce { get; set; }

    public bool IsBroken { get; set; }

    public bool Forgets { get; set; }

    public string Taken => string.Join(' ', _taken);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (IsBroken)
        {
            throw new IOException("broken");
        }

        if (TakesAtOnce)
        {
            if (!Forgets)
            {
                _taken.Add(Read(bytes.Span));
            }

            return ValueTask.CompletedTask;
        }

        var sent = new TaskCompletionSource();
        Assert.True(_sends.Writer.TryWrite((bytes, sent)));
        return new ValueTask(sent.Task);
    }

    public async Task TakeAsync()
    {
        var (bytes, sent) = await _sends.Reader.ReadAsync().AsTask().WaitAsync(Limits.Patience);
        _taken.Add(Read(bytes.Span));
        sent.SetResult();
    }

    public async Task BreakAsync()
    {
        var (_, sent) = await _sends.Reader.ReadAsync().AsTask().WaitAsync(Limits.Patience);
        sent.SetException(new IOException("broken"));
    }

    private static string Read(ReadOnlySpan<byte> frame) => frame[0] == 0x88
        ? $"close {(frame[2] << 8) | frame[3]}"
        : Encoding.UTF8.GetString(frame[FrameHeader.ServerSize(frame.Length > 127 ? frame.Length - 4 : frame.Length - 2)..]);
}
