namespace ComIm.Client.Conferencing;

/// <summary>What has happened to a participant.</summary>
internal enum ParticipantChange
{
    Added,
    Removed,
    Changed,
}
