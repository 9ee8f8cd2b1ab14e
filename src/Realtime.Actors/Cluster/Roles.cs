namespace Realtime.Actors.Cluster;

/// <summary>What a node does. Most do both.</summary>
public static class Roles
{
    /// <summary>Takes connections: sessions and relays live here.</summary>
    public const string Web = "web";

    /// <summary>Holds rooms and topics.</summary>
    public const string Room = "room";
}
