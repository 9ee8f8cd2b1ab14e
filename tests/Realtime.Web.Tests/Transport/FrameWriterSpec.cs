using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Realtime.Web.Transport;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Tests.Transport;

/// <summary>The direct door for fan-out, over a real network.</summary>
public sealed class FrameWriterSpec : IAsyncLifetime
{
    private HubServer _server = null!;

    public async Task InitializeAsync() => _server = await HubServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/fast")]
    [InlineData("/piped")]
    [InlineData("/streamed")]
    public async Task One_frame_carries_several_messages_to_a_stock_client(string path)
    {
        await using var client = _server.Client(path: path);
        var seen = new List<int>();
        var all = new TaskCompletionSource();
        using var handler = client.On<int>("n", number =>
        {
            seen.Add(number);
            if (seen.Count == 300)
            {
                all.SetResult();
            }
        });
        await client.StartAsync();
        var writer = Writer(await client.InvokeAsync<string>("Identity"));
        for (var i = 0; i < 300; i += 3)
        {
            Assert.NotEqual(FrameResult.Closed, writer.Write(Messages(i, 3)));
        }

        await all.Task.WaitAsync(Limits.Patience);
        Assert.Equal(Enumerable.Range(0, 300), seen);
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/piped")]
    [InlineData("/streamed")]
    public async Task Frames_from_many_threads_and_the_hub_s_own_come_out_whole(string path)
    {
        await using var client = _server.Client(path: path);
        var (fromWriter, fromHub) = (0, 0);
        var all = new TaskCompletionSource();
        using var direct = client.On<int>("n", _ => Count(ref fromWriter));
        using var hub = client.On<int, string>("Item", (_, _) => Count(ref fromHub));
        await client.StartAsync();
        var writer = Writer(await client.InvokeAsync<string>("Identity"));
        await Task.WhenAll(
        [
            client.InvokeAsync("SendMany", 500, 2000),
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < 500; i++)
                {
                    while (writer.Write(Messages(i, 1)) == FrameResult.Full)
                    {
                        await writer.DrainAsync();
                    }
                }
            })),
        ]);
        await all.Task.WaitAsync(Limits.Patience);

        void Count(ref int counter)
        {
            counter++;
            if (fromWriter == 2000 && fromHub == 500)
            {
                all.SetResult();
            }
        }
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/piped")]
    [InlineData("/streamed")]
    public async Task A_client_that_does_not_read_fills_its_own_queue_up_to_the_bound_and_loses_nothing(string path)
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, path, receiveBuffer: 64 * 1024);
        var writer = Writer((await client.CallAsync("Identity")).GetString()!);
        var frame = Frame.Encode(TransferFormat.Text, Encoding.UTF8.GetBytes(new string('x', 99_999) + "\u001e"));
        var accepted = 0;
        while (writer.Write(frame) is not FrameResult.Full and var result)
        {
            Assert.NotEqual(FrameResult.Closed, result);
            accepted++;
        }

        Assert.InRange(writer.QueuedBytes, 0, 1024 * 1024);
        var drained = writer.DrainAsync();
        for (var i = 0; i < accepted; i++)
        {
            Assert.Equal(100_000, (await client.ReadFrameAsync())!.Payload.Length);
        }

        await drained.AsTask().WaitAsync(Limits.Patience);
        Assert.Equal(0, writer.QueuedBytes);
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/piped")]
    [InlineData("/streamed")]
    public async Task The_hub_waits_for_a_client_that_does_not_read(string path)
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, path, receiveBuffer: 64 * 1024);
        var id = (await client.CallAsync("Identity")).GetString()!;
        var text = new string('x', 1_000_000);
        Task sending;
        var sent = 0;
        do
        {
            sending = _server.Hub.Clients.Client(id).SendAsync("Item", sent++, text);
        }
        while (sending.IsCompletedSuccessfully);

        for (var i = 0; i < sent; i++)
        {
            Assert.InRange((await client.ReadFrameAsync())!.Payload.Length, 1_000_000, 1_000_100);
        }

        await sending.WaitAsync(Limits.Patience);
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/piped")]
    [InlineData("/streamed")]
    public async Task A_client_that_takes_nothing_for_too_long_is_cut_off(string path)
    {
        await using var server = await HubServer.StartAsync(
            fast: options => options.Dispatcher.TransportSendTimeout = TimeSpan.FromMilliseconds(100));
        using var client = await RawClient.OpenHubAsync(server.Port, path, receiveBuffer: 64 * 1024);
        var id = (await client.CallAsync("Identity")).GetString()!;
        var writer = server.Observed.Connections[id].Features.Get<IFrameWriter>()!;
        var frame = Frame.Encode(TransferFormat.Text, new byte[1_000_000]);
        var end = server.Observed.EndAsync(id);
        while (!end.IsCompleted)
        {
            if (writer.Write(frame) is FrameResult.Full or FrameResult.Closed)
            {
                await Task.WhenAny(end, writer.DrainAsync().AsTask());
            }
        }

        Assert.Null(await end);
        Assert.Equal(FrameResult.Closed, writer.Write(frame));
        await writer.DrainAsync();
    }

    [Theory]
    [InlineData("/fast")]
    [InlineData("/piped")]
    [InlineData("/streamed")]
    public async Task A_connection_can_be_aborted(string path)
    {
        using var client = await RawClient.OpenHubAsync(_server.Port, path);
        var id = (await client.CallAsync("Identity")).GetString()!;
        Writer(id).Abort();
        Assert.Null(await client.ReadCloseAsync());
        Assert.Null(await _server.Observed.EndAsync(id));
        Assert.Equal(FrameResult.Closed, Writer(id).Write(Messages(1, 1)));
    }

    private IFrameWriter Writer(string id) => _server.Observed.Connections[id].Features.Get<IFrameWriter>()!;

    private static Frame Messages(int first, int count) => Frame.Encode(
        TransferFormat.Text,
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(first, count).Select(n => $"{{\"type\":1,\"target\":\"n\",\"arguments\":[{n}]}}\u001e"))));
}
