using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Realtime.Testing;
using Realtime.Testing.Clients;

namespace Realtime.Web.Tests.VirtualRequests;

/// <summary>The verbs of these specs.</summary>
internal static class Requesting
{
    /// <summary>Makes a virtual request and returns its answer, whatever the hub protocol.</summary>
    public static async Task<JsonObject> RequestAsync(
        this HubConnection client, string method, string? url, object? body = null, Dictionary<string, object?>? headers = null)
    {
        var request = new Dictionary<string, object?> { ["method"] = method, ["url"] = url, ["headers"] = headers, ["body"] = body };
        return await client.RequestRawAsync(request);
    }

    /// <summary>The same with anything for a request.</summary>
    public static async Task<JsonObject> RequestRawAsync(this HubConnection client, object? request) =>
        AnyValue.ToJson(await client.InvokeAsync<object?>("Request", request).WaitAsync(Eventually.Patience))!.AsObject();

    public static int Status(this JsonObject answer) => answer["statusCode"]!.GetValue<int>();

    public static string? Code(this JsonObject answer) => answer["body"]?["code"]?.GetValue<string>();

    public static string? Text(this JsonNode? body) => body?.GetValue<string>();
}
