using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Realtime.Web.Transport.Output;

namespace Realtime.Web.Tests.Transport.Output;

/// <summary>How what the hub writes becomes frames.</summary>
public class HubOutputSpec
{
    private readonly List<byte[]> _sent = [];
    private readonly Format _format = new();
    private readonly HubOutput _output;

    public HubOutputSpec() => _output = new HubOutput(new FrameQueue(new Wiretap(_sent), 1, new FakeConnection()), _format);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65_535, 4)]
    [InlineData(65_536, 10)]
    [InlineData(300_000, 10)]
    public async Task All_that_is_written_before_a_flush_is_one_frame(int length, int headerSize)
    {
        var expected = new byte[length];
        new Random(length).NextBytes(expected);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < length;)
            {
                var span = _output.GetSpan(Math.Min(7, length - i));
                var count = Math.Min(span.Length, Math.Min(1000, length - i));
                expected.AsSpan(i, count).CopyTo(span);
                _output.Advance(count);
                i += count;
                Assert.Equal(i, _output.UnflushedBytes);
            }

            Assert.False((await _output.FlushAsync()).IsCompleted);
            Assert.Equal(0x81, _sent[round][0]);
            Assert.Equal(expected, _sent[round][headerSize..]);
        }
    }

    [Fact]
    public async Task A_binary_protocol_s_frames_are_binary()
    {
        _format.ActiveFormat = TransferFormat.Binary;
        await _output.WriteAsync(new byte[] { 1, 2, 3 });
        Assert.Equal([0x82, 3, 1, 2, 3], Assert.Single(_sent));
    }

    [Fact]
    public async Task A_flush_of_nothing_sends_nothing()
    {
        _output.GetMemory(100);
        await _output.FlushAsync();
        Assert.Empty(_sent);
    }

    [Fact]
    public void Nobody_can_claim_more_bytes_than_he_was_given()
    {
        var given = _output.GetMemory().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => _output.Advance(given + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _output.Advance(-1));
        _output.Advance(given);
    }

    [Fact]
    public async Task What_is_completed_takes_no_more()
    {
        _output.Write<byte>([1]);
        _output.Complete();
        Assert.Throws<InvalidOperationException>(() => _output.GetMemory());
        await Assert.ThrowsAsync<TaskCanceledException>(async () => await _output.FlushAsync(new CancellationToken(canceled: true)));
        Assert.Empty(_sent);
    }

    private sealed class Wiretap(List<byte[]> sent) : Wire
    {
        public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
        {
            sent.Add(bytes.ToArray());
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Format : ITransferFormatFeature
    {
        public TransferFormat SupportedFormats => TransferFormat.Text | TransferFormat.Binary;

        public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;
    }
}
