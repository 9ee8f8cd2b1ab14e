using Microsoft.AspNetCore.Connections;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Tests.Transport.Frames;

public class FrameSpec
{
    [Theory]
    [InlineData(TransferFormat.Text, 0x81)]
    [InlineData(TransferFormat.Binary, 0x82)]
    public void A_frame_is_a_header_and_the_messages_in_one_piece(TransferFormat format, byte first)
    {
        byte[] messages = [1, 2, 3];
        var frame = Frame.Encode(format, messages);
        Assert.Equal([first, 3, 1, 2, 3], frame.Bytes.ToArray());
        Assert.Equal(messages, frame.Messages.ToArray());

        messages[0] = 9;
        Assert.Equal(1, frame.Messages.Span[0]);
    }

    [Fact]
    public void Messages_can_be_written_into_their_place()
    {
        var frame = Frame.Create(TransferFormat.Binary, 70_000, (byte)7, static (span, value) => span.Fill(value));
        Assert.Equal(70_000 + FrameHeader.MaxServerSize, frame.Bytes.Length);
        Assert.Equal(70_000, frame.Messages.Length);
        Assert.Equal(-1, frame.Messages.Span.IndexOfAnyExcept((byte)7));
    }
}
