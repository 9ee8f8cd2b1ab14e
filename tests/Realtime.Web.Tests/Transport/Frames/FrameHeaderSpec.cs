using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Tests.Transport.Frames;

public class FrameHeaderSpec
{
    [Theory]
    [InlineData(0, "8100")]
    [InlineData(125, "817D")]
    [InlineData(126, "817E007E")]
    [InlineData(65_535, "817EFFFF")]
    [InlineData(65_536, "817F0000000000010000")]
    [InlineData(int.MaxValue, "817F000000007FFFFFFF")]
    public void A_server_states_a_length_in_the_shortest_form(int length, string hex)
    {
        var bytes = new byte[FrameHeader.ServerSize(length)];
        FrameHeader.Write(bytes, Opcode.Text, length);
        Assert.Equal(hex, Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData("8105AABBCCDD", 2, false, 5)]
    [InlineData("8185AABBCCDD", 6, true, 5)]
    [InlineData("81FE0100AABBCCDD", 8, true, 256)]
    [InlineData("81FF0000000100000000AABBCCDD", 14, true, 4_294_967_296)]
    [InlineData("81FF8000000000000000AABBCCDD", 14, true, long.MinValue)]
    public void A_client_s_header_is_read_when_all_of_it_is_there(string hex, int size, bool isMasked, long length)
    {
        var bytes = Convert.FromHexString(hex);
        for (var available = 0; available < size; available++)
        {
            Assert.False(FrameHeader.TryRead(bytes.AsSpan(0, available), out _));
        }

        Assert.True(FrameHeader.TryRead(bytes, out var header));
        Assert.Equal((size, isMasked, length), (header.Size, header.IsMasked, header.Length));
        Assert.Equal((Opcode.Text, true, false), (header.Opcode, header.IsFinal, header.HasReservedBits));
        Assert.Equal(isMasked ? BitConverter.ToUInt32([0xAA, 0xBB, 0xCC, 0xDD]) : 0, header.Mask);
    }
}
