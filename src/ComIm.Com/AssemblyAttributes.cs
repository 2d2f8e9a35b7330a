using System.Runtime.InteropServices;

// Only what a contract names is visible to COM.
[assembly: ComVisible(false)]
