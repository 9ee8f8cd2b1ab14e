namespace Realtime.Actors;

/// <summary>A message that may cross a node or stand in the journal: it has a codec with a manifest.</summary>
public interface IWireMessage;
