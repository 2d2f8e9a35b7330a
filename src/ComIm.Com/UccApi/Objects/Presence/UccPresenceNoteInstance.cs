using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>note</c>: the notes of somebody.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccPresenceNoteInstance(CategoryPlace place) : UccCategoryInstance(UccCoclasses.UccPresenceNoteInstance, place), IUccPresenceNoteInstance
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/note";

    private readonly UccList<IUccPresenceNoteData> _notes = new("note");

    public IUccCollection Notes => _notes.ToCollection();

    public IUccPresenceNoteData CreateNote(UCC_PRESENCE_NOTE_TYPE enNoteType) => new UccPresenceNoteData(enNoteType);

    public void AddNote(IUccPresenceNoteData? pNote)
    {
        DemandPublishable();
        _notes.Add(pNote);
    }

    public void RemoveNote(IUccPresenceNoteData? pNote)
    {
        DemandPublishable();
        _notes.Remove(pNote);
    }

    public void RemoveAllNotes()
    {
        DemandPublishable();
        _notes.Replace([]);
    }

    /// <inheritdoc/>
    internal override void Read(XElement value) => _notes.Replace(value.Children("body").Select(UccPresenceNoteData.Read));

    /// <inheritdoc/>
    internal override XElement Write() => new(Namespace + "note", _notes.Snapshot().Select(n => UccPresenceNoteData.Write(n, Namespace)));
}
