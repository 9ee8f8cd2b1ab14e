namespace Realtime.Web.Models.Changes;

/// <summary>
/// Two records that a save associates, or that it parts. It is told to <see cref="Parent"/>, under the name that the
/// association has there.
/// </summary>
/// <param name="Association">The association of the parent.</param>
/// <param name="Parent">Whom to tell.</param>
/// <param name="Child">The record at the other end.</param>
/// <param name="IsAdded">Whether they came together.</param>
/// <param name="MovedTo">For a child that leaves one parent for another: the new one.</param>
internal sealed record LinkChange(AssociationDescription Association, KeyOf Parent, KeyOf Child, bool IsAdded, KeyOf? MovedTo = null);
