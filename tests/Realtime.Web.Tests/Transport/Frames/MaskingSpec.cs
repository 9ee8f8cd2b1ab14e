using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Tests.Transport.Frames;

public class MaskingSpec
{
    [Fact]
    public void Any_length_from_any_position_is_unmasked_like_byte_by_byte()
    {
        var random = new Random(1);
        byte[] mask = [0x12, 0xA4, 0x5C, 0xFF];
        for (var length = 0; length < 200; length++)
        {
            for (var position = 0; position < 5; position++)
            {
                var source = new byte[length];
                random.NextBytes(source);
                var destination = new byte[length + 1];
                Masking.CopyUnmasked(source, destination, BitConverter.ToUInt32(mask), position);
                for (var i = 0; i < length; i++)
                {
                    Assert.Equal(source[i] ^ mask[(position + i) % 4], destination[i]);
                }

                Assert.Equal(0, destination[length]);
            }
        }
    }
}
