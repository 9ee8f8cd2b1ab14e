using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Realtime.Web.Tests.Transport.Comparison;

/// <summary>Plays a script against a hub and writes down all that can be observed from outside.</summary>
public sealed class Player
{
    public const string NoCloseFrame = "no close frame";

    // A slow reader's: small, that the server comes to wait soon. Much smaller, and TCP itself falls into long pauses.
    private const int SmallBuffer = 64 * 1024;

    private readonly RawClient _client;
    private readonly string _connectionId;
    private readonly List<byte> _text = [];
    private readonly List<string> _pongs = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private int _hubMessages;
    private string _end = NoCloseFrame;
    private bool _hasClosed;

    private Player(RawClient client, string connectionId) => (_client, _connectionId) = (client, connectionId);

    public static async Task<string> PlayAsync(HubServer server, string path, IReadOnlyList<Step> script)
    {
        using var client = await RawClient.OpenHubAsync(server.Port, path, script[0] is Step.Read ? null : SmallBuffer);
        var player = new Player(client, (await client.CallAsync("Identity")).GetString()!);
        await player.PlayAsync(script);
        var failure = await server.Observed.EndAsync(player._connectionId);
        return player.Report(failure);
    }

    private async Task PlayAsync(IReadOnlyList<Step> script)
    {
        foreach (var step in script)
        {
            switch (step)
            {
                case Step.Send send:
                    await _client.SendAsync(send.Bytes);
                    break;
                case Step.Read:
                    _reading = ReadAsync();
                    break;
                case Step.Await awaited:
                    await ProgressAsync(awaited);
                    break;
                case Step.HalfClose:
                    _client.Socket.Shutdown(SocketShutdown.Send);
                    break;
                case Step.Reset:
                    _client.Reset();
                    break;
            }
        }

        await _reading.WaitAsync(Limits.Patience);
    }

    private async Task ProgressAsync(Step.Await awaited)
    {
        while (true)
        {
            Task progress;
            lock (_gate)
            {
                if (_hubMessages >= awaited.HubMessages && _pongs.Count >= awaited.Pongs)
                {
                    return;
                }

                progress = _progress.Task;
            }

            if (await Task.WhenAny(progress, _reading).WaitAsync(Limits.Patience) == _reading)
            {
                await _reading;
                throw new IOException($"The connection ended before {awaited}.");
            }
        }
    }

    private async Task ReadAsync()
    {
        while (await _client.ReadFrameAsync() is { } frame)
        {
            lock (_gate)
            {
                Note(frame);
                _progress.TrySetResult();
                _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (frame.Opcode == RawFrame.Close && !_hasClosed)
            {
                _hasClosed = true;
                await AnswerCloseAsync();
            }
        }
    }

    private async Task AnswerCloseAsync()
    {
        try
        {
            await _client.SendAsync(RawFrame.OfClose(1000));
        }
        catch (IOException)
        {
            // The server has ended the connection right behind its close frame, as it may after an error.
        }
    }

    private void Note(RawFrame frame)
    {
        Assert.Equal(0, frame.ReservedBits);
        switch (frame.Opcode)
        {
            // The stock transport cuts what lies in several blocks of memory into fragments.
            case RawFrame.Text or RawFrame.Continuation:
                _text.AddRange(frame.Payload);
                _hubMessages += frame.Payload.Count(c => c == 0x1E);
                break;
            case RawFrame.Pong:
                _pongs.Add(Convert.ToHexString(frame.Payload));
                break;
            case RawFrame.Close:
                _end = $"close {BinaryPrimitives.ReadUInt16BigEndian(frame.Payload)} {Encoding.UTF8.GetString(frame.Payload.AsSpan(2))}";
                break;
            default:
                Assert.Fail($"A frame of opcode {frame.Opcode}.");
                break;
        }
    }

    private string Report(Exception? failure)
    {
        return $"{Encoding.UTF8.GetString([.. _text])}\n{string.Join(' ', _pongs)}\n{_end}\nThe hub ended with {failure?.GetType().Name ?? "no error"}.";
    }
}
